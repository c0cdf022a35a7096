import type { EngineState } from '../../../shared/contract/state.ts';
import type { FoundProgram } from '../../../shared/model/program.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { Place } from '../../store/place.ts';

/** What the palette has to know. */
export interface Known
  extends Pick<
    EngineState,
    'services' | 'containers' | 'connections' | 'launches' | 'accounts' | 'comparison' | 'audit' | 'proxy'
  > {
  readonly settings: Settings;
  readonly programs: readonly FoundProgram[];
  readonly places: readonly { readonly place: Place; readonly text: string; readonly keys?: string }[];
}
