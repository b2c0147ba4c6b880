/** The browser SDK: a session with a Horizon gateway, and what it shows of the world. */
export { Connection } from './connection.js';
export { Replica } from './replica.js';
export { messagesOf } from './bundle.js';
export { ReplicationError, TIERS, SIZE_CLASSES } from './frames.js';
export { ComponentCatalogue } from './components.js';
export { Display } from './display.js';
export { Prediction } from './prediction.js';
export { TickClock } from './clock.js';
export { extrapolateAxis, extrapolateAttitude } from './extrapolation.js';
export {
  encodeHello, encodeInput, encodeEvent, encodePayload, encodePing, eventTypeId,
} from './session-codec.js';
