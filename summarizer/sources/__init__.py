"""Where documents come from: files, folders, globs and standard input."""
