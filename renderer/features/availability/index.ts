export { AvailabilityCard } from './availability-card.tsx';
