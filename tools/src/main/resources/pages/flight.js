/** Controls are sent this often while a key is held. */
const SEND_MILLIS = 50;

/** What each key demands, in body axes: nose +x, left +y, up +z. */
const DEMANDS = {
  KeyW: { thrustX: 1 }, KeyS: { thrustX: -1 },
  KeyQ: { thrustY: 1 }, KeyE: { thrustY: -1 },
  KeyR: { thrustZ: 1 }, KeyF: { thrustZ: -1 },
  KeyA: { yaw: 1 }, KeyD: { yaw: -1 },
};

/** Turns keys that are held into the controls of the ship. */
export class Flight {
  /** @param {(controls: object) => void} send takes the controls, in the event's form */
  constructor(send) {
    this.send = send;
    this.held = new Set();
    this.firing = false;
    this.target = '0:0';
    this.active = false;
    this.quiet = true;
    setInterval(() => this.tick(), SEND_MILLIS);
  }

  /** True when the key is one of the ship's. */
  press(code) {
    if (code === 'Space') this.firing = true;
    else if (code in DEMANDS) this.held.add(code);
    else return false;
    return true;
  }

  release(code) {
    if (code === 'Space') this.firing = false;
    this.held.delete(code);
  }

  releaseAll() {
    this.held.clear();
    this.firing = false;
  }

  tick() {
    const idle = this.held.size === 0 && !this.firing;
    if (!this.active || (idle && this.quiet)) return;
    // One neutral message after the last key tells the ship that all hands are off.
    this.quiet = idle;
    const controls = {
      thrustX: 0, thrustY: 0, thrustZ: 0, roll: 0, pitch: 0, yaw: 0,
      fire: this.firing, target: this.target,
    };
    for (const code of this.held) {
      for (const [axis, demand] of Object.entries(DEMANDS[code])) controls[axis] += demand;
    }
    this.send(controls);
  }
}
