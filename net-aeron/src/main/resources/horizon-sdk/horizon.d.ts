/** Types of the browser SDK. */

export type TierName = 'CLOSE' | 'MEDIUM' | 'LOW' | 'SENSOR';
export type SizeClassName = 'CRAFT' | 'CAPITAL' | 'STATION' | 'BODY';
/** block:counter */
export type EntityText = string;

export interface FieldDescriptor { name: string; kind: string; length: number; constants: string[] }
export interface ComponentDescriptor {
  name: string; wireId: number; tiers?: TierName[]; fields: FieldDescriptor[];
}

export class ComponentCatalogue {
  constructor(descriptors?: Iterable<ComponentDescriptor>);
  static fetch(path?: string): Promise<ComponentCatalogue>;
  add(descriptor: ComponentDescriptor): void;
  decode(descriptor: ComponentDescriptor, row: Uint8Array): Record<string, unknown>;
}

/** Metres, metres per second, unit quaternion from body axes to the star system's. */
export interface Place {
  x: number; y: number; z: number; vx: number; vy: number; vz: number;
  qx: number; qy: number; qz: number; qw: number;
}

export interface Entity {
  readonly id: EntityText;
  readonly tier: TierName;
  readonly sizeClass: SizeClassName;
  readonly radius: number;
  readonly parent: EntityText | null;
  readonly stale: boolean;
  readonly componentNames: string[];
  component(name: string): Record<string, unknown> | undefined;
}

export interface ReplicaOptions {
  tickHz?: number;
  components?: ComponentCatalogue;
  onEnter?: (entity: Entity) => void;
  onLeave?: (entity: Entity, gone: boolean) => void;
  onGap?: (channelId: bigint) => void;
  channelsMax?: number;
  entitiesMax?: number;
}

export class Replica {
  constructor(options?: ReplicaOptions);
  tickHz: number;
  readonly lastTick: number;
  readonly gaps: number;
  readonly framesApplied: number;
  readonly framesIgnored: number;
  readonly viewTick: number;
  readonly inputSequence: number;
  readonly viewIsWhole: boolean;
  entities(): IterableIterator<Entity>;
  find(id: EntityText): Entity | undefined;
  place(entity: Entity, tick: number, out?: Partial<Place>): Place | null;
  apply(bytes: ArrayBuffer | Uint8Array): boolean;
  applyBundle(bytes: ArrayBuffer | Uint8Array): boolean;
  reset(): void;
}

/** Shows entities without jumps, now or some ticks ago. */
export class Display {
  constructor(replica: Replica, options?: {
    /** How long ago the moment is that is shown; 0, the default, extrapolates. */
    delayTicks?: number;
    /** In which a correction that comes late fades; 0.2 by default. */
    blendSeconds?: number;
    /** Longer corrections are jumps; 500 by default. */
    snapMetres?: number;
  });
  delayTicks: number;
  blendSeconds: number;
  snapMetres: number;
  place(entity: Entity, tick: number, out?: Partial<Place>): Place | null;
  shownAt(entity: Entity, tick: number, place: Place): void;
}

/** What a prediction's step moves on, in place; angular velocity in body axes. */
export interface FlightState extends Place {
  ax: number; ay: number; az: number; wx: number; wy: number; wz: number;
}

/** Where the own ship is before the server said so. */
export class Prediction<Input = unknown> {
  constructor(options: {
    /** Moves a state on by a time, as the server's systems would. */
    step: (state: FlightState, input: Input, seconds: number) => void;
    /** The input before the first. */
    idle: Input;
    tickHz?: number;
    toleranceMetres?: number;
    toleranceRadians?: number;
    blendSeconds?: number;
    snapMetres?: number;
  });
  readonly active: boolean;
  /** Ticks from sending an input until its effect is heard of; null before the first. */
  readonly lead: number | null;
  readonly corrections: number;
  send(sequence: number, input: Input, now: number, roundTripMillis?: number | null): void;
  hear(replica: Replica, entity: Entity, now: number, seen?: Place | null): void;
  place(now: number, out?: Partial<Place>): FlightState | null;
  stop(): void;
}

export class ReplicationError extends Error { readonly code: string }

export class TickClock {
  constructor(tickHz?: number);
  observe(tick: number, nowMillis: number): void;
  /** Simulated time runs at another rate from now on. */
  dilate(timeRate: number, nowMillis: number): void;
  at(nowMillis: number): number;
}

export interface Welcome {
  player: string; playerId: string; entity: EntityText; tick: number; tickHz: number;
  starSystem: string; lastInputSequence: number; resume: string;
}
export interface Refusal { code: string; reason: string; closes: boolean; retryMillis?: number }
export interface Message { namespace: string; event: string; data: Record<string, unknown> }
export type ConnectionState = 'connecting' | 'open' | 'waiting' | 'closed';

interface ConnectionEvents {
  state: CustomEvent<ConnectionState>;
  welcome: CustomEvent<Welcome>;
  message: CustomEvent<Message>;
  refused: CustomEvent<Refusal>;
  fault: CustomEvent<Error>;
}

export class Connection extends EventTarget {
  constructor(options: {
    player: string;
    ticket: (player: string) => Promise<string>;
    url?: string;
    replica?: Replica;
    WebSocket?: typeof WebSocket;
  });
  readonly player: string;
  readonly replica: Replica;
  readonly clock: TickClock;
  readonly state: ConnectionState;
  readonly welcome: Welcome | null;
  readonly roundTripMillis: number | null;
  /** Of the last message that was sent; the server counts along. */
  readonly sequence: number;
  readonly bytesIn: number;
  readonly bundlesIn: number;
  resume: string | null;
  wanted: boolean;
  open(): void;
  close(): void;
  send(namespace: string, event: string, data?: object): boolean;
  sendPayload(eventType: number, payload: Uint8Array, latestWins?: boolean): boolean;
  observe(tier: TierName | 'NONE'): boolean;
  tick(nowMillis?: number): number;
  addEventListener<K extends keyof ConnectionEvents>(
    type: K, listener: (event: ConnectionEvents[K]) => void): void;
}

/** The messages of one binary WebSocket message. */
export function messagesOf(bytes: ArrayBuffer | Uint8Array): Uint8Array[];
export const TIERS: readonly TierName[];
export const SIZE_CLASSES: readonly SizeClassName[];
export function extrapolateAxis(
  place: number, velocity: number, acceleration: number, seconds: number): number;
export function extrapolateAttitude<T extends object>(
  turn: ArrayLike<number>, seconds: number, out: T): T & Pick<Place, 'qx' | 'qy' | 'qz' | 'qw'>;
export function encodeHello(hello: {
  player: string; ticket?: string; resume?: string; protocolVersion?: number }): Uint8Array;
export function encodeInput(sequence: number, eventType: number, payload: Uint8Array): Uint8Array;
export function encodeEvent(sequence: number, eventType: number, payload: Uint8Array): Uint8Array;
export interface EventField {
  name: string; kind: string; constants?: string[]; list?: boolean; fields?: EventField[];
}
/** An event's payload, its fields in order. */
export function encodePayload(fields: EventField[], data: object): Uint8Array;
export function encodePing(clientTime: bigint): Uint8Array;
export function eventTypeId(
  namespace: string, event: string, direction?: 'FROM_CLIENT' | 'TO_CLIENT'): number;
