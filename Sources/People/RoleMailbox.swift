package import Primitives

/// Addresses that belong to a role and not to one person: `info@`, `frontdesk@`, `rezeption@`.
///
/// Access belongs to a person. Such an address is usually read by several people, so whoever reads it could take up an
/// invite; it is not refused, because some businesses have no other, but a reason is asked for.
///
/// - SeeAlso: RFC 2142; OWASP ASVS 5.0 6.3.2.
package enum RoleMailbox {
  /// The longest reason, in Unicode code points.
  package static let longestReason = 200

  /// Whether the part before the `@` names a role.
  ///
  /// Marks within it (`front-desk`, `front.desk`), digits behind it (`info2`) and what follows a `+` make no difference;
  /// neither does what follows the role after a mark (`info.vilnius`).
  package static func isOne(_ address: EmailAddress) -> Bool {
    let local = address.local.lowercased().prefix { $0 != "+" }
    let pieces = local.split { !$0.isLetter && !$0.isNumber }.map { piece in
      String(piece.reversed().drop { $0.isNumber }.reversed())
    }
    return words.contains(pieces.joined()) || pieces.first.map(words.contains) == true
  }

  private static let words = Set(
    """
    admin administration administrator abuse accounting accounts all appointment appointments billing book booking
    bookings bureau business care clinic contact contactus crew customer customercare customerservice customersupport
    desk dispatch enquiries enquiry everybody everyone feedback finance frontdesk frontoffice general hello help
    helpdesk hi hostmaster hr info information inquiries inquiry invoice invoices jobs letters mail mailbox main manager
    management marketing media newsletter noreply nobody office ops operations order orders owner postmaster practice press
    privacy reception receptionist reservation reservations reserve root sales salon schedule scheduling secretariat
    secretary security service services shared shop staff store studio support team webmaster welcome work workshop
    administracija info informacija kontaktai paslaugos pardavimai rastine registracija registratura uzsakymai vadyba
    biuras pagalba rezervacija rezervacijos
    anfrage anfragen buchhaltung buchung buchungen buero buro empfang geschaeftsstelle kanzlei kontakt kundendienst
    kundenservice laden leitung praxis rechnung rechnungen rezeption sekretariat termin termine vertrieb verwaltung
    werkstatt zentrale
    accueil administratif boutique cabinet commande commandes compta comptabilite direction equipe facturation reservations
    rendezvous secretaire serviceclient standard vente ventes
    administracion atencion ayuda cita citas clientes comercial consulta contacto correo equipo facturacion gerencia
    informacion oficina pedidos recepcion reservas secretaria tienda ventas
    amministrazione appuntamenti assistenza clienti commerciale contatti fatturazione informazioni negozio ordini
    prenotazioni segreteria ufficio vendite
    agenda atendimento contato contactos encomendas escritorio faturacao geral loja marcacoes recepcao vendas
    administratie afspraak afspraken balie boekhouding bestellingen kantoor klantenservice receptie secretariaat verkoop
    winkel
    biuro bok faktury ksiegowosc obsluga pomoc recepcja rejestracja rezerwacja rezerwacje sekretariat sklep sprzedaz
    zamowienia zapisy
    bokning bokningar ekonomi faktura foretag kontor kundservice kundtjanst ordre reception salg tidsbestilling
    asiakaspalvelu ajanvaraus myynti toimisto varaukset
    arve info kontor kassa klienditeenindus broneering registratuur muuk
    birojs pieraksts rezervacijas gramatvediba
    """.split(whereSeparator: \.isWhitespace).map(String.init)
  )
}
