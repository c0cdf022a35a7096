export { OfferLine } from './offer-line.tsx';
