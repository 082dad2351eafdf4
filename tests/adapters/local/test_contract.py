from tests.adapters.contract import AdapterContract


class TestLocal(AdapterContract):
    pass
