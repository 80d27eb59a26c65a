package import NIOCore
import NIOPosix

/// Runs tasks on the event loops themselves (SE-0417), so that a request is answered on the thread that read it.
///
/// Otherwise each request hops from its event loop to Swift's pool and back, which on two cores costs more than most
/// answers do. What blocks (Argon2, libcurl, the writer) has threads of its own; SQLite reads take microseconds.
package final class LoopExecutor: TaskExecutor {
  private let group: any EventLoopGroup

  package init(_ group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) { self.group = group }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    // The loop of the calling thread, when it is one.
    group.any().execute { job.runSynchronously(on: executor) }
  }
}
