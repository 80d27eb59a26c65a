/// Work that waits for a connection, its type hidden.
protocol AnyPostgresJob: AnyObject, Sendable {
  var since: ContinuousClock.Instant { get }
  func perform(_ session: PostgresSession)
  func refuse(_ error: any Error)
}

final class PostgresJob<Answer: Sendable>: AnyPostgresJob {
  let since = ContinuousClock.now
  private let work: @Sendable (PostgresSession) throws -> (Answer, PostgresFlush.Ticket?)
  private let continuation: UnsafeContinuation<Answer, any Error>

  init(
    _ work: @escaping @Sendable (PostgresSession) throws -> (Answer, PostgresFlush.Ticket?),
    _ continuation: UnsafeContinuation<Answer, any Error>
  ) {
    self.work = work
    self.continuation = continuation
  }

  func perform(_ session: PostgresSession) {
    do {
      let (answer, ticket) = try work(session)
      guard let ticket else {
        continuation.resume(returning: answer)
        return
      }
      ticket.finish { [continuation] error in
        continuation.resume(with: error.map(Result.failure) ?? .success(answer))
      }
    } catch {
      continuation.resume(throwing: error)
    }
  }

  func refuse(_ error: any Error) { continuation.resume(throwing: error) }
}
