import { xmlText } from './launch-agent.ts';

/** Names the task for schtasks. */
export const loginTaskName = 'Gearway in the background';

/**
 * The task that runs Gearway in the background from each login of this person on, with no more rights than they have
 * (Task Scheduler schema, version 1.2). Pure.
 */
export function loginTaskText(program: readonly string[], user: string): string {
  const [command = '', ...words] = program;
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${loginTaskName}</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${xmlText(user)}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xmlText(user)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(command)}</Command>
      <Arguments>${xmlText(words.map(windowsWord).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** One argument as CommandLineToArgvW reads it back: backslashes count before a quotation mark only. Pure. */
export function windowsWord(text: string): string {
  let word = '"';
  let slashes = 0;
  for (const character of text) {
    if (character === '"') word += `${'\\'.repeat(slashes + 1)}"`;
    else word += character;
    slashes = character === '\\' ? slashes + 1 : 0;
  }
  return `${word}${'\\'.repeat(slashes)}"`;
}
