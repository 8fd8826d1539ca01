/** Questions of analysts with their answers in SQL, in both dialects. They stand in docs/7-read-models.md, from where a test runs them. */

const RISK = {
  question: 'Which customers at HIGH risk have paid most, and how long have they been quiet?',
  sqlite: `select risk.customer_id, risk.score, risk.main_signal, paid.currency,
       (paid.gross_minor - paid.refunded_minor) / 100.0 as paid,
       round(julianday(risk.assessed_at) - julianday(activity.last_at), 1) as quiet_days
from churn_risk as risk
join revenue as paid using (customer_id)
join last_activity as activity using (customer_id)
where risk.active and risk.level = 'HIGH'
order by paid.currency, paid desc
limit 20;`,
  postgres: `select risk.customer_id, risk.score, risk.main_signal, paid.currency,
       (paid.gross_minor - paid.refunded_minor) / 100.0 as paid,
       round(extract(epoch from risk.assessed_at - activity.last_at) / 86400, 1) as quiet_days
from churn_risk as risk
join revenue as paid using (customer_id)
join last_activity as activity using (customer_id)
where risk.active and risk.level = 'HIGH'
order by paid.currency, paid desc
limit 20;`,
};

const COMPLAINTS = {
  question:
    'What do customers complain about, month by month, and how often were they answered within the hour?',
  sqlite: `select strftime('%Y-%m', raised_at) as month, cause.value as cause, count(*) as complaints,
       count(*) filter (where round((julianday(first_response_at) - julianday(raised_at)) * 86400000) <= 3600000) as answered_in_time
from complaints, json_each(causes) as cause
where lodged_at is not null
group by month, cause
order by month, cause;`,
  postgres: `select to_char(raised_at at time zone 'UTC', 'YYYY-MM') as month, cause, count(*) as complaints,
       count(*) filter (where first_response_at - raised_at <= interval '1 hour') as answered_in_time
from complaints, jsonb_array_elements_text(causes) as cause
where lodged_at is not null
group by month, cause
order by month, cause;`,
};

const asOf = (moment) => `select stage, count(*) as customers
from (
  select stage, gone, row_number() over (partition by customer_id order by valid_from desc, position desc) as newest
  from lifecycle_history
  where valid_from <= ${moment}
) as versions
where newest = 1 and not gone
group by stage
order by stage;`;
const STAGES = {
  question: 'How many customers were in each stage at a moment of the past?',
  sqlite: asOf("'2024-03-02T00:00:00.000Z'"),
  postgres: asOf("timestamptz '2024-03-02 00:00:00Z'"),
};

module.exports = { EXAMPLES: [RISK, COMPLAINTS, STAGES] };
