import { creatableModes } from '../../../shared/model/creation.ts';
import { textIn } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { containerVerb, listed, table, verb } from '../verb.ts';

export const options = verb(async ({ engine, answer, show }) => {
  await listed(engine);
  return answer(await engine.ask('containers.options', {}), (value) =>
    show(
      'options',
      value,
      ...table(
        ['PROJECT', 'ID'],
        value.projects.map(({ name, id }) => [name, id]),
      ),
      '',
      ...table(
        ['MACHINE', '', ''],
        value.resources.map(({ name, label, free }) => [name, label, free ? 'free' : 'billed']),
      ),
      '',
      ...table(
        ['RUNTIME', ''],
        value.runtimes.map(({ name, label }) => [name, label ?? '']),
      ),
    ),
  );
});

export const create = verb(async ({ engine, word, options: given, io, answer, show }) => {
  await listed(engine);
  const typedMode = textIn(given, 'mode') ?? 'workspace';
  const mode = creatableModes.find((each) => each.toLowerCase() === typedMode.toLowerCase());
  const size = Number(textIn(given, 'nodes') ?? '1');
  if (mode === undefined || !Number.isSafeInteger(size)) {
    io.fail('bad_request', 'a mode is one of those that --help names, and nodes are a number.');
    return exitStatus.wrongUsage;
  }
  const offered = await engine.ask('containers.options', {});
  if (!offered.ok) return answer(offered);
  const { projects, resources } = offered.value;
  const machine = resources.find(({ name, label }) => name === word(1) || label === word(1));
  if (machine === undefined) {
    io.fail('not_found', `no machine is called ${word(1)}: gearway containers options lists them.`);
    return exitStatus.failed;
  }
  // The window asks; a script has to have said it.
  if (!machine.free && given.billed !== true) {
    io.fail('cost_not_confirmed', `${machine.name} is billed by the time that it runs: say --billed.`);
    return exitStatus.failed;
  }
  const project = projects.find(({ id, name }) => id === word(0) || name === word(0));
  const made = await engine.ask('containers.create', {
    project: project === undefined ? { name: word(0) } : { id: project.id },
    mode,
    resource: machine.name,
    runtime: word(2),
    command: textIn(given, 'command') ?? '',
    size,
    mappings: [given.map ?? []].flat().map((pair) => readPair(String(pair))),
  });
  return answer(made, (value) => show('container', value, value.containerId));
});

/** `7860:gradio`, or a port alone. Pure. */
export const readPair = (typed: string): { readonly port: string; readonly name: string } => {
  const [port = '', ...name] = typed.split(':');
  return { port, name: name.join(':') };
};

export const loginKey = verb(async ({ engine, answer, show }) =>
  answer(await engine.ask('containers.registerKey', {}), (key) =>
    show('login_key', key, 'registered with the platform.'),
  ),
);
export const acceptKey = containerVerb(async ({ engine, word, answer }, { id }) =>
  answer(await engine.ask('hostKeys.accept', { containerId: id, fingerprint: word(1) })),
);
export const look = containerVerb(async ({ engine, answer }, { id }) => {
  const looked = await engine.ask('containers.look', { containerId: id });
  return answer(looked.ok ? await engine.ask('launch.refresh', { containerId: id }) : looked);
});
