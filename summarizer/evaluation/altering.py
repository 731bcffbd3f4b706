def altered(quote, *, seed):
    return []
