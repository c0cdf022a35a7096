export { type PlaceEntry, usePlaces } from './use-places.ts';
