/** Stories of which no step lies in a system that is built: what each of them waits for. */
describe('ST-09, customer asks for another account manager without business reason', () => {
  it.todo('1. AccountManagerChangeRequested, ServicePersonSignalRaised (waits for SYS-03 account team)');
  it.todo('2. and 3. CONFLICT_OF_INTEREST, StartAccountHandover, AccountManagerChanged (wait for SYS-03)');
  it.todo('4. CompleteAccountHandover refused while an item is not accepted (waits for SYS-03)');
  it.todo('5. and 6. PROFESSIONAL signal, coaching action (wait for SYS-03 and SYS-60)');
  it.todo('7. ServicePersonSignals, RelationshipRadar (wait for SYS-03 and SYS-35)');
});
describe('ST-18, growth customer upgrades', () => {
  it.todo('1. and 2. TRIAL, free diagnosis, latent need (wait for SYS-11 and SYS-49)');
  it.todo('3. OfferUpgradePack, UpgradePackAccepted (waits for SYS-49 upgrade packs)');
  it.todo('4. EVIDENCE_REQUIRED (waits for SYS-50 evidence)');
});
describe('ST-19, advocate and referral', () => {
  it.todo('1. nomination refused over an open MAJOR complaint (waits for SYS-45 referral)');
  it.todo('2. and 3. ReferralConverted, self-referral refused (wait for SYS-45)');
});
describe('ST-21, outage drill', () => {
  it.todo('1. to 3. a drill in a sandbox (waits for SYS-60 training and drills)');
});
describe('ST-23, proposal without talk', () => {
  it.todo('1. to 5. PRE_TALK_REQUIRED, PART_MISSING, DISPUTE_NOT_ANNOTATED (wait for SYS-52 proposals)');
});
describe('ST-24, customer’s people disagree', () => {
  it.todo(
    '1. to 3. StakeholderDisagreementRecorded, Resolved, the warning on the quote (wait for SYS-02, SYS-48 and SYS-54)',
  );
});
describe('ST-26, recommended tutorial', () => {
  it.todo('1. to 3. ProactiveServiceTriggered, once in 30 days (waits for SYS-11 proactive service)');
});
describe('ST-27, gift over the limit', () => {
  it.todo('1. to 3. a gift needs approval, is refused (waits for SYS-46 gift register)');
});
