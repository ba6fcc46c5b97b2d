-- Steps that only write a log down: not among the work of the timeline, and neither undone nor in the way of an undo.
ALTER TABLE step ADD COLUMN log INTEGER NOT NULL DEFAULT 0 CHECK (log IN (0, 1));
