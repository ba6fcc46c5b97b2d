-- What was sent is never changed but by an erasure, which takes people out of its rows as the law asks.
DROP TRIGGER return_frozen;

CREATE TRIGGER return_frozen BEFORE UPDATE ON return
WHEN old.state >= 3 AND old.basis <= 2 AND (
  new.unit <> old.unit OR new.task <> old.task OR new.period <> old.period OR new.no <> old.no OR new.state < 3
  OR (new.content <> old.content AND NOT EXISTS (SELECT 1 FROM meta WHERE name = 'erasing'))
  OR new.sent IS NOT old.sent OR new.digest IS NOT old.digest)
BEGIN
  SELECT RAISE(ABORT, '已上报的报表不再改变。');
END;
