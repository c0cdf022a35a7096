import { describe, expect, it } from 'vitest';
import { debianControl } from './debian-control.mjs';

const facts = { version: '0.1.0', architecture: 'amd64', installedKiB: 250_000, description: 'One line.' };

describe('the control file of the Debian package', () => {
  it('has each field once, and a description whose further lines are indented', () => {
    const lines = debianControl(facts).trimEnd().split('\n');
    const names = lines.filter((line) => !line.startsWith(' ')).map((line) => line.split(':')[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 3)).toEqual(['Package', 'Version', 'Architecture']);
    expect(lines.slice(lines.findIndex((line) => line.startsWith('Description: ')) + 1)).toSatisfy(
      (rest: string[]) => rest.length > 0 && rest.every((line) => line.startsWith(' ')),
    );
  });

  it('sorts a pre-release before its release', () => {
    expect(debianControl({ ...facts, version: '0.2.0-beta.1' })).toContain('Version: 0.2.0~beta.1\n');
  });
});
