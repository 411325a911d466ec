import pytest
from lueckenlos.commons.directory.models import Service
@pytest.mark.django_db
def test_x():
    print(Service.objects.count())
