import { useEffect, useRef, useState } from 'react';
import type { Service } from '../../../shared/model/service.ts';
import { useEngine } from '../../store/context.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import { publicLane, tunnelLane } from '../lanes/index.ts';

/** Tells screen readers when a lane goes up or down. Eyes see it where it stands. */
export function Announcer() {
  const words = useWords();
  const services = useEngine((engine) => engine.services);
  const before = useRef<Readonly<Record<string, Service>>>(services);
  const [said, setSaid] = useState('');

  useEffect(() => {
    const news = Object.values(services).flatMap((service) =>
      changes(before.current[service.id], service, words),
    );
    before.current = services;
    if (news.length > 0) setSaid(news.join(' '));
  }, [services, words]);

  return (
    <div className="unseen" role="status" aria-live="polite">
      {said}
    </div>
  );
}

/** A countdown that moves is no news: only changes of the mark are. */
function changes(before: Service | undefined, service: Service, words: Words): readonly string[] {
  if (before === undefined || before === service) return [];
  const { texts } = words;
  const lanes = [
    [texts.services.public, publicLane(before, words), publicLane(service, words)],
    [texts.services.tunnel, tunnelLane(before, words, 0), tunnelLane(service, words, 0)],
  ] as const;
  return lanes
    .filter(([, old, fresh]) => old.mark !== fresh.mark && fresh.mark !== 'working')
    .map(([lane, , fresh]) => words.say(texts.lane.news, { name: service.name, lane, state: fresh.text }));
}
