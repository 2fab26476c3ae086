"""Everything a person looks at: tables, words and figures."""
