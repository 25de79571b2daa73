"""Text as pictures: fonts, line breaks, shaped paragraphs and the contrast that keeps them readable."""
