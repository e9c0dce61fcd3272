"""The disk: the journal folder, drafts and packs. Only ``storage.files`` writes."""
