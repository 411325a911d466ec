from tests.commons.accounts.test_sign_in import *
def test_x(person):
    person(role=Role.FAMILY)
    client = Client()
    client.post("/konto/passwort/vergessen/", {"email": ADDRESS})
    print(mail.outbox[-1].body)
    link = LINK.search(mail.outbox[-1].body)[0]
    page = client.get(link)
    print(link, page.status_code, page.content.decode()[2500:6000])
    assert 0
