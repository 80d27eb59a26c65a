import Desk
import Logging
import Outgoing
import ServiceLifecycle

/// What the server does by itself every second: notices a newly applied business, makes the links customers asked for, sends
/// what is due, erases and tidies away what is over, keeps the index of the record.
struct Chores: Service {
  let house: House
  let courier: Courier
  let log: Logger

  func run() async throws {
    await withGracefulShutdownHandler {
      await cancelWhenGracefulShutdown { await repeatChores() }
    } onGracefulShutdown: {
      // A mail server that does not answer must not hold up the end.
      Task { await courier.close() }
    }
  }

  private func repeatChores() async {
    while !Task.isCancelled {
      for desk in await house.openDesks() {
        do {
          try await desk.refreshBusiness()
          while try await desk.answerCustomerAsks() > 0, !Task.isShuttingDownGracefully {}
          while try await desk.deliverMessages() > 0, !Task.isShuttingDownGracefully {}
          while try await desk.eraseOverdueAnswers() > 0, !Task.isShuttingDownGracefully {}
          while try await desk.destroyErasedKeys() > 0, !Task.isShuttingDownGracefully {}
          try await desk.tidyUp()
          try await desk.keepIndex()
          try await desk.runApprovals()
          try await desk.forgetOldPasswords()
        } catch {
          log.error("chores", metadata: ["kind": "\(House.kind(of: error))"])
        }
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }
}
