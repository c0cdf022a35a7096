import { Page } from '../../components/page.tsx';
import { useWords } from '../../words/use-words.ts';
import { RequestsPanel } from './requests-panel.tsx';

/** Requests over all services. */
export function InspectorPage() {
  const { texts } = useWords();
  return (
    <Page title={texts.places.inspector}>
      <RequestsPanel />
    </Page>
  );
}
