import { z } from 'zod';
import { routeChoices } from '../../shared/model/route.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const origin = (schemes: RegExp, what: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && schemes.test(new URL(text).protocol), what)
    .transform((text) => new URL(text).origin);

const serviceSchema = z.strictObject({
  name: z
    .string()
    .transform((name) => name.toLowerCase())
    .refine(
      (name) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name),
      'is no host label (letters, digits, hyphens)',
    ),
  route: z.enum(routeChoices).default('auto'),
  public: origin(/^https?:$/, 'is no http or https address').optional(),
  tunnel: origin(/^http:$/, 'is no http address').optional(),
});

const configSchema = z.strictObject({
  port: z.int().min(0).max(65_535).default(0),
  services: z.array(serviceSchema).min(1),
});
export type ProxyConfig = z.infer<typeof configSchema>;

/** Reads the file of `gearway proxy`, or says in one line what is wrong and where. */
export function readProxyConfig(text: string): Result<ProxyConfig, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return err(`no JSON: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
  }
  const read = configSchema.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return err(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'wrong'}`);
  }
  const names = read.data.services.map((service) => service.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return err(`services: the name ${twice} is there twice`);
  const bare = read.data.services.find(
    (service) => service.public === undefined && service.tunnel === undefined,
  );
  if (bare !== undefined) return err(`services: ${bare.name} has neither public nor tunnel`);
  return ok(read.data);
}
