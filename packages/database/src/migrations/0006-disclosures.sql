create index "audit_event_disclosure" on "audit_event" ("practice_id", "at") where purpose in ('shared', 'emergency', 'oversight') or subject = 'SensitiveRecord';
