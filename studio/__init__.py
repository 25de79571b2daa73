"""The product around the pipeline: accounts, projects, jobs, credits and files."""
