import type { AuditVerdict, ExposedCode, ExposedThing, ExposureLevel } from '../model/audit.ts';
import { modelKinds, type Recognised } from '../model/service-kind.ts';
import { isEdgeNotFound } from '../probe/index.ts';
import { type Answered, nextPath, recognise } from '../recognition/index.ts';

type Answers = ReadonlyMap<string, Answered>;

/** One line of the table: what is asked, of whom, and by what an answer shows that it was given. */
interface Rule {
  readonly code: ExposedCode;
  readonly level: ExposureLevel;
  readonly paths: readonly string[];
  /** Asked of these only; absent: of every service that speaks HTTP. */
  readonly of?: (kind: Recognised | undefined) => boolean;
  /** The values of its sentence when this answer gives it away. */
  readonly when: (answer: Answered, kind: Recognised | undefined) => ExposedThing['params'] | false;
}

const is =
  (...kinds: readonly Recognised['kind'][]) =>
  (kind: Recognised | undefined) =>
    kind !== undefined && kinds.includes(kind.kind);

/** Names of so many models are told. */
const mostNames = 5;

/**
 * What a stranger may find, the worst first. Every path only reads, and none is known to make a model work, to open a
 * session or to print keys: SGLang's `/health` and `/server_info`, Jupyter's `/api/status` and ComfyUI's `/object_info`
 * are never asked.
 */
const rules: readonly Rule[] = [
  {
    // A Jupyter server shows `/api/contents` to those with its token only (jupyter_server, contents handlers).
    code: 'notebooks',
    level: 'control',
    paths: ['/api/contents?content=0'],
    of: is('jupyter'),
    when: (answer) => (jsonOf(answer)?.type === 'directory' ? {} : false),
  },
  {
    code: 'jobs',
    level: 'control',
    paths: ['/system_stats'],
    of: is('comfyui'),
    when: (answer) => (Array.isArray(jsonOf(answer)?.devices) ? {} : false),
  },
  {
    code: 'jobs',
    level: 'control',
    paths: ['/sdapi/v1/sd-models'],
    of: is('sdwebui'),
    when: (answer) => (answer.status === 200 && /^\s*\[/.test(answer.body) ? {} : false),
  },
  {
    code: 'models',
    level: 'control',
    paths: ['/api/tags'],
    of: is('ollama'),
    when: (answer) => named(jsonOf(answer)?.models, 'name'),
  },
  {
    // llama.cpp lists its models to everybody, with a key too; `/props` is what the key guards.
    code: 'models',
    level: 'control',
    paths: ['/props'],
    of: is('llamacpp'),
    when: (answer) => {
      const name = jsonOf(answer)?.model_alias;
      return jsonOf(answer) === undefined
        ? false
        : { names: typeof name === 'string' ? clean(name) : 'llama.cpp' };
    },
  },
  {
    code: 'models',
    level: 'control',
    paths: ['/v1/models'],
    of: (kind) => kind === undefined || (modelKinds.has(kind.kind) && kind.kind !== 'llamacpp'),
    when: (answer) => named(jsonOf(answer)?.data, 'id'),
  },
  {
    code: 'app',
    level: 'control',
    paths: ['/config'],
    of: is('gradio', 'sdwebui'),
    when: (answer, kind) => (answer.status === 200 && kind?.guarded !== true ? {} : false),
  },
  {
    code: 'app',
    level: 'control',
    paths: ['/_stcore/health', '/'],
    of: is('streamlit'),
    when: (answer) => (answer.status === 200 && !asksForLogin(answer) ? {} : false),
  },
  {
    code: 'files',
    level: 'read',
    paths: ['/'],
    // Python's http.server, Apache and nginx head their lists so.
    when: (answer) =>
      answer.status === 200 && /<title>(?:Directory listing for|Index of) /i.test(answer.body) ? {} : false,
  },
  {
    code: 'files',
    level: 'read',
    paths: ['/data/environment'],
    of: is('tensorboard'),
    when: (answer) => (typeof jsonOf(answer)?.data_location === 'string' ? {} : false),
  },
  {
    code: 'page',
    level: 'read',
    paths: ['/'],
    when: (answer, kind) =>
      answer.status >= 200 && answer.status < 300 && !asksForLogin(answer) && kind?.guarded !== true
        ? {}
        : false,
  },
  {
    code: 'docs',
    level: 'read',
    paths: ['/docs', '/openapi.json'],
    when: (answer) =>
      answer.status === 200 &&
      (/swagger-ui|redoc/i.test(answer.body) || /^\s*\{\s*"openapi"\s*:/.test(answer.body))
        ? {}
        : false,
  },
  {
    code: 'metrics',
    level: 'tells',
    paths: ['/metrics'],
    // Prometheus' text format: a name, labels, a number; a page of HTML is none.
    when: (answer) =>
      answer.status === 200 &&
      /^(?:# (?:HELP|TYPE) \w|[a-z_:][\w:]*(?:\{[^}\n]*\})? [-+\d.]+\s*$)/im.test(answer.body) &&
      !/<html/i.test(answer.body)
        ? {}
        : false,
  },
  {
    code: 'models',
    level: 'tells',
    paths: ['/v1/models'],
    of: is('llamacpp'),
    when: (answer) => named(jsonOf(answer)?.data, 'id'),
  },
  {
    code: 'version',
    level: 'tells',
    paths: ['/version', '/api/version', '/api'],
    of: is('vllm', 'ollama', 'jupyter'),
    when: (answer) => (typeof jsonOf(answer)?.version === 'string' ? {} : false),
  },
];

/** The next path that a stranger would ask; `undefined` when enough is known. At most two dozen in all. Pure. */
export function nextAuditPath(answers: readonly Answered[]): string | undefined {
  const toRecognise = nextPath(answers);
  if (toRecognise !== undefined) return toRecognise;
  const asked = new Set(answers.map(({ path }) => path));
  const kind = recognise(answers);
  const given = new Set(findings(answers, kind).map(({ code, level }) => `${code} ${level}`));
  return rules
    .filter((rule) => applies(rule, kind) && !given.has(`${rule.code} ${rule.level}`))
    .flatMap(({ paths }) => paths)
    .find((path) => !asked.has(path));
}

/** What was given to somebody without a login, and what that means. Pure. */
export function auditVerdict(answers: readonly Answered[]): {
  readonly verdict: AuditVerdict;
  readonly things: readonly ExposedThing[];
} {
  if (!answers.some(isOfService)) return { verdict: 'silent', things: [] };
  const kind = recognise(answers);
  const things = findings(answers, kind);
  const isGuarded = kind?.guarded === true || answers.some(asksForLogin);
  if (things.some(({ level }) => level !== 'tells')) return { verdict: 'open', things };
  if (things.length > 0) return { verdict: isGuarded ? 'partly' : 'open', things };
  return { verdict: isGuarded ? 'login' : 'nothing', things };
}

const applies = (rule: Rule, kind: Recognised | undefined): boolean => rule.of?.(kind) ?? true;

function findings(answers: readonly Answered[], kind: Recognised | undefined): readonly ExposedThing[] {
  const byPath: Answers = new Map(answers.map((answer) => [answer.path, answer]));
  const things: ExposedThing[] = [];
  for (const rule of rules) {
    if (!applies(rule, kind) || things.some(({ code }) => code === rule.code)) continue;
    for (const path of rule.paths) {
      const answer = byPath.get(path);
      const params = answer === undefined ? false : rule.when(answer, kind);
      if (params === false) continue;
      const hasValues = params !== undefined && Object.keys(params).length > 0;
      things.push({ code: rule.code, level: rule.level, path, ...(hasValues ? { params } : {}) });
      break;
    }
  }
  // A list of files is the page.
  const hasFiles = things.some(({ code, path }) => code === 'files' && path === '/');
  return things.filter(({ code }) => !(hasFiles && code === 'page'));
}

/** 502, 503, 504 and 524 are the edge's word for a service that it did not reach; its 404 is known by its page. */
const isOfService = (answer: Answered): boolean =>
  ![502, 503, 504, 524].includes(answer.status) && !isEdgeNotFound(answer);

/** A refusal, a way to a login page, or such a page. */
function asksForLogin({ status, headers, body }: Answered): boolean {
  if (status === 401 || status === 403) return true;
  if (status >= 300 && status < 400)
    return /(?:login|signin|sign-in|auth)\b/i.test(String(headers.location ?? ''));
  return /<input\b[^>]{0,300}\btype=["']?password/i.test(body) || /"auth_required":\s*true/.test(body);
}

function named(list: unknown, key: string): ExposedThing['params'] | false {
  if (!Array.isArray(list)) return false;
  const names = list.flatMap((item: unknown) => {
    const name = typeof item === 'object' && item !== null ? Reflect.get(item, key) : undefined;
    return typeof name === 'string' ? [clean(name)] : [];
  });
  const shown = names.slice(0, mostNames);
  return {
    names:
      names.length > mostNames ? `${shown.join(', ')} +${names.length - mostNames}` : shown.join(', ') || '0',
  };
}

/** A name as it may be shown: one line, not long. */
const clean = (name: string): string =>
  name
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 80);

function jsonOf({ status, body }: Answered): Readonly<Record<string, unknown>> | undefined {
  if (status !== 200) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
