import { Gauge, Square } from 'lucide-react';
import { useState } from 'react';
import type { LlmRoute } from '../../../shared/model/llm.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { routesTo } from './model-routes.ts';
import css from './speed-panel.module.css';
import { readPlan, type TypedPlan, usualPlan } from './speed-plan.ts';
import { SpeedReportView } from './speed-report.tsx';
import { SpeedTable } from './speed-table.tsx';

/** How fast a model answers over each route, side by side. */
export function SpeedPanel({ service, model }: { readonly service: Service; readonly model: string }) {
  const words = useWords();
  const { speed: texts } = words.texts;
  const speed = useEngine((engine) => engine.speed);
  const [typed, setTyped] = useState(usualPlan);
  const measure = useAction('llm.measure');
  const stop = useAction('llm.stopMeasuring');
  const openTunnel = useAction('tunnels.open');
  const known = routesTo(service).map(({ route }) => route);
  const both = known.filter((route) => route !== 'local');
  const routes: readonly LlmRoute[] = both.length > 0 ? both : known;
  const read = readPlan(typed, { serviceId: service.id, model, routes });
  const isRunning = speed.kind === 'running';
  const isMine = speed.kind === 'running' && speed.serviceId === service.id;
  const set = (key: keyof TypedPlan, label: string, hint?: string) => (
    <Field
      label={label}
      inputMode="numeric"
      value={typed[key]}
      hint={hint}
      error={read.wrong?.has(key) === true ? texts.invalid : undefined}
      onChange={({ target: { value } }) => setTyped({ ...typed, [key]: value })}
    />
  );

  return (
    <section className={css.panel} aria-label={texts.title}>
      <p className={css.text}>{texts.text}</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (read.wrong === undefined) void measure.run(read.plan);
        }}
      >
        {set('prompts', texts.prompts)}
        {set('parallel', texts.parallel)}
        {set('answer', texts.answer)}
        {isMine ? (
          <Button
            className={css.action}
            icon={<Square aria-hidden="true" />}
            onClick={() => void stop.run({})}
          >
            {texts.stop}
          </Button>
        ) : (
          <Button
            look="primary"
            type="submit"
            className={css.action}
            icon={<Gauge aria-hidden="true" />}
            disabled={read.wrong !== undefined || isRunning}
          >
            {texts.action}
          </Button>
        )}
      </form>
      {both.length < 2 && (
        <Notice
          tone="info"
          actions={
            service.tunnel.state.kind === 'closed' && (
              <Button
                look="quiet"
                busy={openTunnel.running}
                onClick={() => void openTunnel.run({ serviceId: service.id })}
              >
                {texts.openTunnel}
              </Button>
            )
          }
        >
          {openTunnel.error === undefined ? texts.needsRoutes : words.error(openTunnel.error)}
        </Notice>
      )}
      {measure.error !== undefined && <ErrorNotice live error={measure.error} />}
      {isRunning && !isMine && <Notice tone="info">{texts.elsewhere}</Notice>}
      {isMine && (
        <>
          <div className={css.progress}>
            <Progress label={texts.title} max={speed.of} value={speed.done} />
            <span role="status">{words.say(texts.progress, { done: speed.done, of: speed.of })}</span>
          </div>
          <SpeedTable rows={speed.rows} />
        </>
      )}
      {speed.kind === 'done' && speed.report.serviceId === service.id && (
        <SpeedReportView report={speed.report} />
      )}
    </section>
  );
}
