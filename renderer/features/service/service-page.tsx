import { Tabs } from '@base-ui/react/tabs';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { serviceTarget } from '../../../shared/open-in/index.ts';
import { isModelServer } from '../../../shared/recognition/uses.ts';
import { Page } from '../../components/page.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import { AvailabilityCard } from '../availability/index.ts';
import { ComparePanel } from '../compare/index.ts';
import { ServiceRequests } from '../inspector/index.ts';
import { LaunchRow, launchOf } from '../launch/index.ts';
import { LaunchLog } from '../launch-log/index.ts';
import { ModelPanel } from '../models/index.ts';
import { OpenInMenu } from '../open-in/index.ts';
import { ServiceActions } from '../services/index.ts';
import { AddressPanel } from './address-panel.tsx';
import { DetailsPanel } from './details-panel.tsx';
import { Findings } from './findings.tsx';
import { Hints } from './hints.tsx';
import { HostKeyNotice } from './host-key-notice.tsx';
import { LocalCard } from './local-card.tsx';
import { RouteChains } from './route-chains.tsx';
import css from './service-page.module.css';
import { UseIt } from './use-it.tsx';

/** One service: its address in front, its two lanes behind, and what they mean together. */
export function ServicePage({ id }: { readonly id: string }) {
  const service = useEngine((engine) => engine.services[id]);
  const container = useEngine((engine) =>
    service === undefined ? undefined : engine.containers[service.containerId],
  );
  return service === undefined || container === undefined ? null : (
    <ShownService service={service} container={container} />
  );
}

function ShownService({ service, container }: { readonly service: Service; readonly container: Container }) {
  const { texts } = useWords();
  const launch = useEngine(({ launches }) => launchOf(launches, service));
  return (
    <Page
      under
      title={service.name}
      detail={
        <>
          {service.kindName !== undefined && <>{service.kindName} · </>}
          {texts.service.portLabel} {service.port} ·{' '}
          <button
            type="button"
            className={css.link}
            onClick={() => go({ kind: 'container', id: container.id })}
          >
            {container.name}
          </button>
        </>
      }
      actions={
        <>
          <OpenInMenu of="service" id={service.id} name={service.name} target={serviceTarget(service)} />
          <ServiceActions service={service} container={container} placement="page" />
        </>
      }
    >
      <div className={css.stack}>
        <HostKeyNotice service={service} container={container} />
        <LocalCard service={service} />
        <RouteChains service={service} container={container} />
        <AvailabilityCard service={service} />
        {launch !== undefined && (
          <ul className={css.launch}>
            <LaunchRow launch={launch} />
          </ul>
        )}
        <Findings service={service} container={container} />
        <Hints service={service} />
        <UseIt service={service} />
      </div>
      <Tabs.Root defaultValue="compare" className={css.tabs}>
        <Tabs.List className={css.tabList}>
          <Tabs.Tab value="compare" className={css.tab}>
            {texts.compare.title}
          </Tabs.Tab>
          {service.local !== undefined && (
            <>
              <Tabs.Tab value="requests" className={css.tab}>
                {texts.inspector.title}
              </Tabs.Tab>
              <Tabs.Tab value="address" className={css.tab}>
                {texts.service.localTitle}
              </Tabs.Tab>
            </>
          )}
          {launch !== undefined && (
            <Tabs.Tab value="log" className={css.tab}>
              {texts.launch.log}
            </Tabs.Tab>
          )}
          {isModelServer(service.kind) && (
            <Tabs.Tab value="model" className={css.tab}>
              {texts.models.tab}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="details" className={css.tab}>
            {texts.app.details}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="compare" className={css.panel}>
          <ComparePanel service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="requests" className={css.panel}>
          <ServiceRequests service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="address" className={css.panel}>
          <AddressPanel service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="log" className={css.panel}>
          {launch !== undefined && <LaunchLog key={launch.createdAt} launch={launch} />}
        </Tabs.Panel>
        <Tabs.Panel value="model" className={css.panel}>
          <ModelPanel service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="details" className={css.panel}>
          <DetailsPanel service={service} container={container} />
        </Tabs.Panel>
      </Tabs.Root>
    </Page>
  );
}
