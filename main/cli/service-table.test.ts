import { describe, expect, it } from 'vitest';
import { makeService, stateWith } from '../shell/testing/services.ts';
import { serviceTable } from './service-table.ts';

describe('the table of services', () => {
  it('has a line for each, and marks an address that is open to anyone', () => {
    const table = serviceTable(
      stateWith(
        makeService('notes', { public: 'down' }),
        makeService('web', { exposed: { by: 'probe', level: 'read' } }),
      ),
    );
    const lines = table.split('\n');
    expect(lines[0]).toMatch(/^CONTAINER +SERVICE +PORT +KIND +PUBLIC +TUNNEL +LOCAL ADDRESS$/);
    expect(lines[1]).toContain('down (public_bad_gateway) https://demo-notes.gear.example ');
    expect(lines[2]).toContain('up 1 ms https://demo-web.gear.example (open to anyone)');
  });

  it('lets no name begin a line or reach the terminal', () => {
    const table = serviceTable(stateWith({ ...makeService('web'), name: 'web\n\u001b[31mevil\u202e' }));
    expect(table.split('\n')).toHaveLength(2);
    expect(table).toContain('web \ufffd[31mevil\ufffd');
  });

  it('says so where there is none', () => {
    expect(serviceTable(stateWith())).toBe('No services.');
  });
});
