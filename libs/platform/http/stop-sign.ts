/** Up as soon as the service has been asked to stop: load balancers then look elsewhere. */
export class StopSign {
  private raised = false;

  get isUp(): boolean {
    return this.raised;
  }
  raise(): void {
    this.raised = true;
  }
}
