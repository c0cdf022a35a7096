import type { EngineState } from '../../../shared/contract/state.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';

export { findService } from '../find-service.ts';

export const findContainer = ({ containers }: EngineState, wanted: string): Container | undefined =>
  Object.values(containers).find(({ id, name }) => id === wanted || name === wanted);

export const findLaunch = ({ launches }: EngineState, wanted: string): Launch | undefined =>
  Object.values(launches).find(({ id, name }) => id === wanted || name === wanted);
