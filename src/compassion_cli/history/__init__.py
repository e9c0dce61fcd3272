"""git, over the files of a journal: versions, and what is sent and fetched. Only ``history.git`` starts git."""
