"""The wrap-up (小结) of a call: its result, note, callback and do-not-call, saved together with the guide's answers."""
