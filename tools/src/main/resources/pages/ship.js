/**
 * How a ship flies, as the node's flight system integrates it (ecs-systems, FlightSystem): velocity
 * first, then the turn, then the place by the mean velocity. In double precision; what that differs is far below what the
 * node's rows are rounded to.
 */

const EMPTY_TANK_THRUST = 0.1;
const WHOLE = { thrust: 1, turn: 1 };

/** Hands off. */
export const NEUTRAL = Object.freeze({
  thrustX: 0, thrustY: 0, thrustZ: 0, roll: 0, pitch: 0, yaw: 0, fire: false, target: '0:0',
});

/** Fields of the event ship.controls, in order. */
export const CONTROLS = Object.freeze([
  ...['thrustX', 'thrustY', 'thrustZ', 'roll', 'pitch', 'yaw'].map(
    (name) => ({ name, kind: 'FLOAT' })),
  { name: 'fire', kind: 'BOOLEAN' },
  { name: 'target', kind: 'ENTITY' },
]);

/**
 * A step for Prediction, with the limits that components tell.
 * @param {(name: string) => object | undefined} component reads a component of the ship
 */
export function flightStep(component) {
  return (state, controls, seconds) => {
    const model = component('FlightModel');
    if (model !== undefined) {
      const systems = component('ShipSystems') ?? WHOLE;
      thrust(state, controls, model, systems.thrust, component('Fuel'), seconds);
      turn(state, controls, model, systems.turn, seconds);
    }
    // The velocity is that of the step's end; half a step's acceleration off is its mean.
    const half = model === undefined ? 0 : seconds / 2;
    state.x += (state.vx - half * state.ax) * seconds;
    state.y += (state.vy - half * state.ay) * seconds;
    state.z += (state.vz - half * state.az) * seconds;
  };
}

function thrust(state, controls, model, health, fuel, seconds) {
  const x = clamp(controls.thrustX);
  const y = clamp(controls.thrustY);
  const z = clamp(controls.thrustZ);
  if (x === 0 && y === 0 && z === 0) {
    state.ax = state.ay = state.az = 0;
    return;
  }
  const tank = fuel !== undefined && fuel.kilograms <= 0 ? EMPTY_TANK_THRUST : 1;
  const factor = health * tank / model.mass;
  const [ax, ay, az] = outer(
    state,
    x * factor * (x > 0 ? model.thrustForward : model.thrustReverse),
    y * factor * model.thrustLateral,
    z * factor * model.thrustLateral);
  let vx = state.vx + ax * seconds;
  let vy = state.vy + ay * seconds;
  let vz = state.vz + az * seconds;
  const speed = Math.hypot(vx, vy, vz);
  if (speed > model.maxSpeed) {
    // At the speed limit only the direction changes.
    const scale = model.maxSpeed / speed;
    vx *= scale;
    vy *= scale;
    vz *= scale;
  }
  state.ax = (vx - state.vx) / seconds;
  state.ay = (vy - state.vy) / seconds;
  state.az = (vz - state.vz) / seconds;
  state.vx = vx;
  state.vy = vy;
  state.vz = vz;
}

function turn(state, controls, model, health, seconds) {
  const step = model.turnAcceleration * seconds * health;
  const rate = model.turnRate * health;
  const wx = approach(state.wx, clamp(controls.roll) * model.rollRate * health, step);
  const wy = approach(state.wy, clamp(controls.pitch) * rate, step);
  const wz = approach(state.wz, clamp(controls.yaw) * rate, step);
  const { qx, qy, qz, qw } = state;
  const half = seconds / 2;
  const nx = qx + half * (qw * wx + qy * wz - qz * wy);
  const ny = qy + half * (qw * wy + qz * wx - qx * wz);
  const nz = qz + half * (qw * wz + qx * wy - qy * wx);
  const nw = qw - half * (qx * wx + qy * wy + qz * wz);
  const inverse = 1 / Math.hypot(nx, ny, nz, nw);
  Object.assign(state, {
    wx, wy, wz, qx: nx * inverse, qy: ny * inverse, qz: nz * inverse, qw: nw * inverse,
  });
}

/** A vector of body axes in the star system's. */
function outer({ qx, qy, qz, qw }, x, y, z) {
  return [
    (1 - 2 * (qy * qy + qz * qz)) * x + 2 * (qx * qy - qw * qz) * y + 2 * (qx * qz + qw * qy) * z,
    2 * (qx * qy + qw * qz) * x + (1 - 2 * (qx * qx + qz * qz)) * y + 2 * (qy * qz - qw * qx) * z,
    2 * (qx * qz - qw * qy) * x + 2 * (qy * qz + qw * qx) * y + (1 - 2 * (qx * qx + qy * qy)) * z,
  ];
}

function approach(from, to, step) { return from + Math.max(-step, Math.min(step, to - from)); }

function clamp(demand) { return Math.max(-1, Math.min(1, demand)); }
