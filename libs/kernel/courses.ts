import { Course } from './course';
import { START, type EventLog, type Position } from './event-log';
import type { Place } from './places';
import type { Subscriber } from './subscriber';

/** Two courses: those who are up to date, and those who have to catch up first. The former do not wait for the latter. */
export class Courses {
  readonly front: Course;
  readonly rear: Course;
  /** Where those stood who follow no more. */
  private readonly stood = new Map<Subscriber, Position>();

  constructor(log: Pick<EventLog, 'subscribe'>, until?: Position) {
    this.front = new Course(log, until);
    this.rear = new Course(log, until);
  }

  get followers(): readonly Subscriber[] {
    return [...this.front.followers, ...this.rear.followers];
  }
  get caughtUp(): boolean {
    return this.front.caughtUp && this.rear.isEmpty;
  }
  /** Where the slowest of all stands. */
  get position(): Position {
    return this.rear.position < this.front.position ? this.rear.position : this.front.position;
  }
  has(one: Subscriber): boolean {
    return this.front.has(one) || this.rear.has(one);
  }
  placeOf(one: Subscriber): Position {
    return this.front.placeOf(one) ?? this.rear.placeOf(one) ?? this.stood.get(one) ?? START;
  }

  /** Who stands behind the others goes by himself until he has caught up. */
  join(places: readonly Place[]): void {
    const foremost = this.front.isEmpty
      ? places.reduce((most, [, at]) => (at > most ? at : most), START)
      : this.front.position;
    for (const [one, at] of places) (at >= foremost ? this.front : this.rear).join(one, at);
  }
  leave(one: Subscriber): void {
    this.stood.set(one, this.placeOf(one));
    this.front.leave(one);
    this.rear.leave(one);
  }
  /** Who has caught up goes on with the others. */
  comeForward(): void {
    const foremost = this.front.isEmpty ? START : this.front.position;
    for (const one of this.rear.followers) {
      const at = this.placeOf(one);
      if (at < foremost) continue;
      this.rear.leave(one);
      this.front.join(one, at);
    }
  }

  clear(): void {
    for (const one of this.followers) this.stood.set(one, this.placeOf(one));
    this.front.clear();
    this.rear.clear();
  }
  wake(): void {
    this.front.wake();
    this.rear.wake();
  }
  close(): void {
    this.front.close();
    this.rear.close();
  }
}
