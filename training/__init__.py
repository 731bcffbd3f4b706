"""Training the embedded model: from the corpus to an adapter that ships.

    words       runs of an article's words, as the copy grammar spells them
    example     one request and its answer, letter for letter as the server sees and the grammar spells them
    grounded    whether a phrase says the gold value, as grounding reads it; phrases cut to what they need
    finding     words for gold values that come without a quote (MUC-4, the Gun Violence Archive)
    examples    the data builder: gold in, examples out
    augmenting  the same incident under other names, days and figures, with other noise around it
    batches     examples as tokens, packed by length
    train       LoRA on the very weights that are served
    export      the adapter as a GGUF file, with what it was trained on
    provenance  what an adapter was trained on, and whether that still is what is served

Not part of the installed package: run from a checkout, with the extra `training`.
"""
