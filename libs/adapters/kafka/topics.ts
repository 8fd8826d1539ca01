import { BusMisfit, type TopicPlan } from '@rapport/kernel';
import type { Admin, ITopicConfig } from 'kafkajs';
import { faultOf, unavailable, within } from './faults';
import { Line } from './line';
import type { Whole } from './settings';

const COPIES = 3;
const DEFAULT_OF_THE_BROKER = -1;
const FOR_EVER = '-1';
const HOUR_MS = 3_600_000;
/** A topic that was made is known to every broker a moment later. */
const KNOWN_MS = 100;

export const prepareTopics = async (
  settings: Whole,
  plans: readonly TopicPlan[],
  create: boolean,
): Promise<void> => {
  const { timeouts, brokers } = settings;
  const until = performance.now() + timeouts.prepareMs;
  const doing = plans.length === 0 ? 'looking whether it is there' : `preparing ${namesOf(plans)}`;
  const line = new Line(settings);
  const admin = line.kafka.admin();
  const late = () => unavailable(brokers, doing, `no answer within ${timeouts.prepareMs} ms`);
  try {
    await within(prepared(admin, settings, plans, create), until, late);
    await within(admin.disconnect(), until, late);
  } catch (error) {
    throw faultOf(error, doing, settings);
  } finally {
    line.cut();
  }
};

const prepared = async (
  admin: Admin,
  settings: Whole,
  plans: readonly TopicPlan[],
  create: boolean,
): Promise<void> => {
  await admin.connect();
  const { brokers } = await admin.describeCluster();
  const missing = await missingOf(admin, plans);
  if (missing.length > 0 && !create) throw missed(missing);
  if (missing.length > 0) await made(admin, settings, missing, brokers.length);
  await checkPartitions(admin, plans);
};

const missingOf = async (admin: Admin, plans: readonly TopicPlan[]): Promise<readonly TopicPlan[]> => {
  const there = new Set(await admin.listTopics());
  return plans.filter(({ topic }) => !there.has(topic));
};

/**
 * Another process may be making them at the same moment: what counts is that they are there afterwards. Ends at the
 * latest when the line is cut.
 */
const made = async (admin: Admin, settings: Whole, plans: readonly TopicPlan[], brokers: number) => {
  for (const plan of plans)
    await admin.createTopics({ topics: [topicOf(plan, settings, brokers)], waitForLeaders: false });
  while ((await missingOf(admin, plans)).length > 0)
    await new Promise((known) => setTimeout(known, KNOWN_MS));
};

const topicOf = ({ topic, partitions, retentionHours }: TopicPlan, settings: Whole, brokers: number) => {
  const { replicationFactor: copies = Math.min(COPIES, brokers) } = settings;
  const retention = retentionHours === null ? FOR_EVER : String(Math.round(retentionHours * HOUR_MS));
  return {
    topic,
    numPartitions: partitions,
    replicationFactor: copies === 'broker' ? DEFAULT_OF_THE_BROKER : copies,
    configEntries: [
      { name: 'cleanup.policy', value: 'delete' },
      { name: 'retention.ms', value: retention },
    ],
  } satisfies ITopicConfig;
};

const checkPartitions = async (admin: Admin, plans: readonly TopicPlan[]): Promise<void> => {
  if (plans.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: plans.map(({ topic }) => topic) });
  const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  const few = plans.filter(({ topic, partitions }) => (counts.get(topic) ?? 0) < partitions);
  if (few.length === 0) return;
  const list = few.map(
    ({ topic, partitions }) => `${topic} has ${counts.get(topic) ?? 0} and needs ${partitions}`,
  );
  throw new BusMisfit(
    `Kafka: too few partitions: ${list.join('; ')}. Add them (kafka-topics.sh --alter --topic NAME --partitions N)` +
      ' while nothing is sent: keys change their partition, so their order is kept only within what comes after',
  );
};

const missed = (plans: readonly TopicPlan[]) =>
  new BusMisfit(
    `Kafka: missing: ${plans.map(planText).join('; ')}. Create them (kafka-topics.sh --create --topic NAME --partitions N` +
      ' --config retention.ms=N), or let them be created at the start',
  );
const planText = ({ topic, partitions, retentionHours }: TopicPlan): string =>
  `the topic ${topic} (${partitions} partitions, kept ${retentionHours === null ? 'for ever' : `${retentionHours} hours`})`;
const namesOf = (plans: readonly TopicPlan[]) => plans.map(({ topic }) => topic).join(', ');
