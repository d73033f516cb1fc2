/**
 * Fairness between groups, as start-time fair queueing (Goyal, Vin, Cheng 1996): every job of a group takes the turn after
 * that group's last one, but never one that is already past; the queue serves the lowest turn first. So a group with
 * 100,000 jobs waiting holds 100,000 turns, and another group's first job takes the very next one. Turns are BullMQ
 * priorities. Nobody starves: turns of a group only rise, and each is passed at last.
 *
 * Counting starts over whenever nothing waits. A queue that never runs dry for 2,097,151 turns of one group ends in a
 * common last turn, which is first come, first served.
 */
export const LAST_TURN = 2_097_151

/** One statement for the pool: the simple protocol runs it as one transaction. */
export const takeTurnsSql = `
  select pg_advisory_xact_lock(hashtext('take_turns'), hashtext(current_schema()));
  create table if not exists fair_turn (queue text, party text, turn integer not null, primary key (queue, party));
  create or replace function take_turns(p_queue text, p_party text, p_count integer) returns integer
  language plpgsql set search_path from current as $$
  declare
    v_now integer;
    v_last integer;
  begin
    select min(priority) into v_now from job where queue = p_queue and state = 'waiting' and priority > 0;
    if v_now is null then
      delete from fair_turn where queue = p_queue;
    end if;
    insert into fair_turn as t (queue, party, turn)
    values (p_queue, p_party, least(coalesce(v_now, 1) + p_count - 1, ${LAST_TURN}))
    on conflict (queue, party)
    do update set turn = least(greatest(t.turn + 1, coalesce(v_now, 1)) + p_count - 1, ${LAST_TURN})
    returning turn into v_last;
    return greatest(v_last - p_count + 1, 1);
  end $$;`

/** KEYS: turns of the queue, its waiting set (score = priority * 2^32 + order). ARGV: group, count. */
export const takeTurnsLua = `
  local head = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  local now = 1
  if head[1] then now = math.floor(tonumber(head[2]) / 4294967296) else redis.call('DEL', KEYS[1]) end
  local count = tonumber(ARGV[2])
  local last = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
  local turn = math.min(math.max(last + 1, now) + count - 1, ${LAST_TURN})
  redis.call('HSET', KEYS[1], ARGV[1], turn)
  return math.max(turn - count + 1, 1)`
