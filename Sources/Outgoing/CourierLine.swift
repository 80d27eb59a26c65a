import Dispatch
import Foundation
import Synchronization

/// The messages that wait, and the threads that take them.
///
/// Threads hold the line, not the courier, so that a forgotten courier ends them.
final class CourierLine: Sendable {
  private struct Job: Sendable {
    let transfer: SMTPTransfer
    let answer: CheckedContinuation<Delivery, Never>
  }

  private struct State: Sendable {
    var waiting: [Job] = []
    var underWay: [ObjectIdentifier: SMTPTransfer] = [:]
    var isClosed = false
    var threads: Int
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  private static let longest = 256
  private let state: Mutex<State>
  /// Signalled once for each job and, at the end, once for each thread.
  private let work = DispatchSemaphore(value: 0)

  init(threads: Int) {
    let count = max(1, threads)
    state = Mutex(State(threads: count))
    for number in 1...count {
      let thread = Thread { self.run() }
      thread.name = "courier-\(number)"
      thread.start()
    }
  }

  func perform(_ transfer: SMTPTransfer) async -> Delivery {
    await withCheckedContinuation { answer in
      let refusal: DeliveryCause? = state.withLock { state in
        if state.isClosed { return .closed }
        if state.waiting.count >= Self.longest { return .busy }
        state.waiting.append(Job(transfer: transfer, answer: answer))
        return nil
      }
      if let refusal {
        answer.resume(returning: .temporaryFailure(DeliveryFault(refusal)))
      } else {
        work.signal()
      }
    }
  }

  func close() {
    let (left, threads) = state.withLock { state in
      guard !state.isClosed else { return ([Job](), 0) }
      state.isClosed = true
      for transfer in state.underWay.values { transfer.breakOff() }
      defer { state.waiting = [] }
      return (state.waiting, state.threads)
    }
    for job in left { job.answer.resume(returning: .temporaryFailure(DeliveryFault(.closed))) }
    for _ in 0..<threads { work.signal() }
  }

  /// Returns when the last thread has ended.
  func ended() async {
    await withCheckedContinuation { closer in
      let isOver = state.withLock { state in
        if state.threads > 0 { state.closers.append(closer) }
        return state.threads == 0
      }
      if isOver { closer.resume() }
    }
  }

  private func run() {
    ignoreBrokenPipes()
    while true {
      work.wait()
      let (job, isClosed) = state.withLock { state in
        let job = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        if let job { state.underWay[ObjectIdentifier(job.transfer)] = job.transfer }
        return (job, state.isClosed)
      }
      if let job {
        let delivery = job.transfer.perform()
        _ = state.withLock { $0.underWay.removeValue(forKey: ObjectIdentifier(job.transfer)) }
        job.answer.resume(returning: delivery)
      } else if isClosed {
        break
      }
    }
    let closers = state.withLock { state in
      state.threads -= 1
      return state.threads == 0 ? state.closers : []
    }
    for closer in closers { closer.resume() }
  }

  /// libcurl leaves SIGPIPE to programs that forbid it signals; a server hanging up must not end the process.
  private func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
