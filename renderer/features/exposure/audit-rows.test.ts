import { describe, expect, it } from 'vitest';
import type { AuditReport, AuditVerdict, ExposureLevel } from '../../../shared/model/audit.ts';
import { makeService } from '../../testing/make.ts';
import { auditRows } from './audit-rows.ts';

const report = (id: string, verdict: AuditVerdict, level?: ExposureLevel): AuditReport => ({
  id,
  serviceName: id,
  url: 'https://demo-web.gear.example',
  at: 0,
  verdict,
  things: level === undefined ? [] : [{ code: 'page', level, path: '/' }],
});

describe('the list of what is open', () => {
  it('begins with the worst, and has what is mapped only', () => {
    const names = ['login', 'silent', 'page', 'unasked', 'notebooks'];
    const services = Object.fromEntries(
      [
        ...names.map((name) => makeService({ id: name, name })),
        makeService({ id: 'private', name: 'private', exposure: { kind: 'unmapped' } }),
      ].map((service) => [service.id, service]),
    );
    const audits = {
      login: report('login', 'login'),
      silent: report('silent', 'silent'),
      page: report('page', 'open', 'read'),
      notebooks: report('notebooks', 'open', 'control'),
      private: report('private', 'open', 'control'),
    };
    expect(auditRows(services, audits).map(({ service }) => service.name)).toEqual([
      'notebooks',
      'page',
      'unasked',
      'silent',
      'login',
    ]);
  });
});
