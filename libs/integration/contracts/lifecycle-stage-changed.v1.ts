import { Flag, Id, Instant, OneOf } from '@rapport/kernel';
import { LifecycleStageChanged } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { CUSTOMER_EVENTS } from '../topics';
import { Stage, StageCause } from './words.v1';

export class LifecycleStageChangedV1 {
  @Id() customerId!: string;
  @OneOf(Stage) from!: Stage;
  @OneOf(Stage) to!: Stage;
  @OneOf(StageCause) cause!: StageCause;
  @Flag() manual!: boolean;
  @Flag() wonBack!: boolean;
  @Instant() changedAt!: string;
}

export const lifecycleStageChanged = contract(LifecycleStageChangedV1, {
  ...{ name: 'lifecycle-stage-changed', version: 1, topic: CUSTOMER_EVENTS, key: 'customerId' },
  about: 'The relationship entered another stage, by itself or by hand.',
  notes: { manual: 'A person moved it: nothing moves by itself for 30 days from then on.' },
  from: [
    told(LifecycleStageChanged, ({ customerId, from, to, cause, manual, wonBack }, changedAt) => ({
      ...{ customerId, from, to, cause, manual, wonBack, changedAt },
    })),
  ],
});
