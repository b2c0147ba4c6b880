import { Display, encodePayload, eventTypeId, Prediction } from 'horizon-sdk';
import { CONTROLS, flightStep, NEUTRAL } from './ship.js';

const CONTROLS_EVENT = eventTypeId('ship', 'controls');
/** What others do is shown this long ago, so that most of it is known and not guessed. */
const DELAY_TICKS = 2;

/**
 * Where things are shown: others as the replica's display has them, and one's own ship where its
 * controls take it at once, while it is flown by hand.
 */
export class Helm {
  /** @param {Connection} connection */
  constructor(connection) {
    this.connection = connection;
    this.replica = connection.replica;
    this.display = new Display(this.replica, { delayTicks: DELAY_TICKS });
    this.entity = null;
    this.prediction = new Prediction({
      step: flightStep((name) => this.entity?.component(name)),
      idle: NEUTRAL,
      tickHz: this.replica.tickHz,
    });
    /** True while the own ship obeys the stick. */
    this.flown = false;
    /** The own ship as it was shown last. */
    this.shown = null;
  }

  /** True while the own ship is shown where its controls take it. */
  get predicts() { return this.prediction.active; }

  /** Sends the stick's position, and flies by it. */
  steer(controls) {
    const { connection } = this;
    if (!connection.sendPayload(CONTROLS_EVENT, encodePayload(CONTROLS, controls), true)) return;
    // Hands off the stick leaves the ship to an autopilot, if one flies.
    if (!this.flown && isNeutral(controls)) return;
    this.flown = true;
    this.prediction.tickHz = this.replica.tickHz;
    this.prediction.send(
      connection.sequence, controls, connection.tick(), connection.roundTripMillis);
  }

  /** From now on somebody else flies: the autopilot, a station, nobody. */
  handOver() {
    this.flown = false;
    this.prediction.stop();
  }

  /** Where to show an entity at a tick; null where it has no place. */
  place(entity, tick, own, out) {
    if (!own) return this.display.place(entity, tick, out);
    this.entity = entity;
    const flew = this.shown !== null && this.shown.predicted;
    this.prediction.hear(this.replica, entity, tick, this.shown);
    const predicted = this.prediction.place(tick, out);
    if (predicted === null && flew) this.display.shownAt(entity, tick, { ...this.shown });
    const place = predicted ?? this.display.place(entity, tick, out);
    this.shown = place === null ? null : { ...place, predicted: predicted !== null };
    return place;
  }
}

function isNeutral({ thrustX, thrustY, thrustZ, roll, pitch, yaw }) {
  return [thrustX, thrustY, thrustZ, roll, pitch, yaw].every((demand) => demand === 0);
}
