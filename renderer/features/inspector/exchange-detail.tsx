import { Repeat, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Exchange, ReplayAnswer } from '../../../shared/model/exchange.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useClient } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { BodyText } from './body-text.tsx';
import css from './exchange-detail.module.css';
import { FrameList } from './frame-list.tsx';
import { HeaderTable } from './header-table.tsx';
import { KeepBodies } from './keep-bodies.tsx';
import { ReplayAnswers } from './replay-answers.tsx';
import { TimingBar } from './timing-bar.tsx';

/** An exchange that is under way is asked for again after this time, in ms. */
const followMs = 1_000;

/** One request whole: where its time went, its headers, its bodies, and sending it again. */
export function ExchangeDetail({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useWords();
  const { texts } = words;
  const client = useClient();
  const [exchange, setExchange] = useState<Exchange>();
  const [curl, setCurl] = useState<string>();
  const load = useAction('inspector.get', { whileShown: true });
  const { run } = load;

  useEffect(() => {
    let timer: number | undefined;
    let isShown = true;
    async function follow() {
      const answer = await run({ id });
      if (!isShown || !answer.ok) return;
      setExchange(answer.value);
      if (answer.value.state === 'open') timer = window.setTimeout(() => void follow(), followMs);
    }
    void follow();
    void client.ask('inspector.curl', { id }).then((answer) => {
      if (isShown && answer.ok) setCurl(answer.value.command);
    });
    return () => {
      isShown = false;
      window.clearTimeout(timer);
    };
  }, [run, client, id]);

  return (
    <section className={css.detail} aria-label={texts.app.details}>
      <header className={css.head}>
        <h2 className={css.title}>
          {exchange === undefined ? '' : `${exchange.method} ${exchange.status ?? ''}`}
        </h2>
        {curl !== undefined && <CopyButton text={curl} label={texts.inspector.copyCurl} />}
        <IconButton label={texts.app.close} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {load.error !== undefined && <ErrorNotice tone="warn" error={load.error} />}
      {exchange !== undefined && <Shown exchange={exchange} />}
    </section>
  );
}

function Shown({ exchange }: { readonly exchange: Exchange }) {
  const words = useWords();
  const { inspector: texts } = words.texts;
  return (
    <>
      <code className={css.url}>{exchange.url}</code>
      {exchange.sentAgain && <p className={css.note}>{texts.sentAgain}</p>}
      {exchange.state === 'cut' && <p className={css.note}>{texts.cut}</p>}
      {exchange.error !== undefined && <ErrorNotice error={{ code: exchange.error }} />}
      <TimingBar timing={exchange.timing} />
      <p className={css.note}>
        {words.say(texts.sizes, { up: words.bytes(exchange.bytesUp), down: words.bytes(exchange.bytesDown) })}
      </p>
      {exchange.messages !== undefined && (
        <p className={css.note}>
          {words.say(exchange.kind === 'events' ? texts.events : texts.messages, exchange.messages)}
        </p>
      )}
      <Replay exchange={exchange} />
      <HeaderTable title={texts.requestHeaders} headers={exchange.requestHeaders} />
      {exchange.requestBody !== undefined && <BodyText body={exchange.requestBody} />}
      <HeaderTable title={texts.responseHeaders} headers={exchange.responseHeaders} />
      {exchange.frames !== undefined && exchange.frames.length > 0 && <FrameList frames={exchange.frames} />}
      {exchange.kind === 'websocket' && exchange.frames === undefined && (
        <>
          <p className={css.note}>{texts.framesText}</p>
          <KeepBodies serviceId={exchange.serviceId} />
        </>
      )}
      {exchange.responseBody !== undefined && <BodyText body={exchange.responseBody} />}
      {exchange.redacted && <p className={css.note}>{texts.redacted}</p>}
    </>
  );
}

/** Sends it again, the same way or both ways; asks first where it may change something. */
function Replay({ exchange }: { readonly exchange: Exchange }) {
  const words = useWords();
  const { inspector: texts } = words.texts;
  const replay = useAction('inspector.replay', { whileShown: true });
  const [answers, setAnswers] = useState<readonly ReplayAnswer[]>();
  const [asked, setAsked] = useState<'same' | 'both'>();
  if (exchange.kind === 'websocket' || exchange.state === 'open') return null;

  async function send(routes: 'same' | 'both', confirmed: boolean) {
    const answer = await replay.run({ id: exchange.id, routes, confirmed });
    if (answer.ok) setAnswers(answer.value.answers);
    else if (answer.error.code === 'replay_unconfirmed') {
      replay.clear();
      setAsked(routes);
    }
  }

  const sent = [
    ...(exchange.withheld ? [texts.replayWithoutSecrets] : []),
    ...(exchange.redacted && exchange.bytesUp > 0 ? [texts.replayWithBody] : []),
  ].join(words.gap);

  return (
    <div className={css.replay}>
      <div className={css.buttons}>
        <Button
          icon={<Repeat aria-hidden="true" />}
          busy={replay.running}
          onClick={() => void send('same', false)}
        >
          {texts.replay}
        </Button>
        <Button busy={replay.running} onClick={() => void send('both', false)}>
          {texts.replayBoth}
        </Button>
        {replay.running && (
          <Button look="quiet" onClick={replay.cancel}>
            {words.texts.app.cancel}
          </Button>
        )}
      </div>
      {sent !== '' && <p className={css.note}>{sent}</p>}
      {replay.error !== undefined && replay.error.code !== 'replay_unconfirmed' && (
        <ErrorNotice live error={replay.error} />
      )}
      {replay.error?.code === 'replay_body_unknown' && <KeepBodies serviceId={exchange.serviceId} />}
      {answers !== undefined && <ReplayAnswers answers={answers} />}
      <Confirm
        open={asked !== undefined}
        title={words.say(texts.replayTitle, { method: exchange.method })}
        text={sent === '' ? texts.replayText : `${texts.replayText}${words.gap}${sent}`}
        action={asked === 'both' ? texts.replayBoth : texts.replay}
        onConfirm={() => void send(asked ?? 'same', true)}
        onClose={() => setAsked(undefined)}
      />
    </div>
  );
}
