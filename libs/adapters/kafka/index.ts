export { KafkaMessageBus } from './kafka.message-bus';
export {
  parseBrokers,
  type KafkaCertificates,
  type KafkaLimits,
  type KafkaLogin,
  type KafkaPauses,
  type KafkaSettings,
  type KafkaTimeouts,
  type Note,
} from './settings';
