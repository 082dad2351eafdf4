class People:
    def __init__(self, *a):
        pass

    async def close(self):
        pass
