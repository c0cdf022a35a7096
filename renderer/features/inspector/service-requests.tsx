import type { Service } from '../../../shared/model/service.ts';
import { KeepBodies } from './keep-bodies.tsx';
import { RequestsPanel } from './requests-panel.tsx';
import css from './service-requests.module.css';

/** Requests of one service, and whether the beginning of their bodies is kept. */
export function ServiceRequests({ service }: { readonly service: Service }) {
  return (
    <div className={css.requests}>
      <KeepBodies serviceId={service.id} />
      <RequestsPanel serviceId={service.id} />
    </div>
  );
}
