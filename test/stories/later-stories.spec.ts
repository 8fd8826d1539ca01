/** Stories of which no step lies in a system that is built: each step names the system that it waits for. */
describe('ST-18, growth customer upgrades', () => {
  it.todo('1. Given TRIAL customer, GROWTH tier (waits for SYS-49 trials)');
  it.todo(
    '2. When a free diagnosis finds a repurchase gap, then latent need (waits for SYS-11 latent needs)',
  );
  it.todo(
    '3. OfferUpgradePack accepted 2024-04-01, then UpgradePackAccepted; benefit ends 2024-07-01 (waits for SYS-49 upgrade packs)',
  );
  it.todo(
    "4. a claim on a rival's result without consent, then EVIDENCE_REQUIRED (waits for SYS-50 evidence)",
  );
});

describe('ST-21, outage drill', () => {
  it.todo('1. Given drill OUTAGE in sandbox (waits for SYS-60 drills)');
  it.todo(
    '2. When participants skip CLARIFY_FACTS, then refused and counted as lesson (waits for SYS-29 emotion stages and SYS-60 drills)',
  );
  it.todo('3. Then production figures are unchanged (waits for SYS-60 drills)');
});

describe('ST-23, proposal without talk', () => {
  it.todo('1. IssueProposal without pre-talk → PRE_TALK_REQUIRED (waits for SYS-52 proposals)');
  it.todo('2. without evaluation plan → PART_MISSING (waits for SYS-52 proposals)');
  it.todo('3. with an unannotated disputed point → DISPUTE_NOT_ANNOTATED (waits for SYS-52 proposals)');
  it.todo('4. complete → issued (waits for SYS-52 proposals)');
  it.todo('5. evaluated after execution (waits for SYS-52 proposals)');
});

describe('ST-27, gift over the limit', () => {
  it.todo('1. Gift of 260 CNY for a birthday → needs approval (waits for SYS-46 gift register)');
  it.todo('2. contact of a public body → refused (waits for SYS-46 gift register)');
  it.todo('3. without consent for birthday use → refused (waits for SYS-46 gift register)');
});
