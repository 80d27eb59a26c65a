import Booking
import NIOCore
import Primitives

/// The slots of an answer, written in four copies each: most neighbours differ in their two instants only.
struct SlotsText {
  private(set) var buffer: ByteBuffer
  private var instants: InstantWriter
  private var text: [UInt8] = []
  /// What follows the instants of the offer written last, kept while location, people and places stay the same.
  private var tail: [UInt8] = []
  private var tailOf: Offer?

  init(zone: Zone, count: Int) {
    buffer = ByteBufferAllocator().buffer(capacity: 32 + count * 160)
    instants = InstantWriter(zone)
    text.reserveCapacity(32)
  }

  /// `{"slots":[…]}`
  static func write(_ offers: [Offer], in zone: Zone) -> ByteBuffer {
    var slots = SlotsText(zone: zone, count: offers.count)
    slots.buffer.writeStaticString("{\"slots\":[")
    for (position, offer) in offers.enumerated() {
      if position > 0 { slots.buffer.writeStaticString(",") }
      slots.write(offer)
    }
    slots.buffer.writeStaticString("]}")
    return slots.buffer
  }

  private mutating func write(_ offer: Offer) {
    buffer.writeStaticString("{\"start\":\"")
    write(offer.start)
    buffer.writeStaticString("\",\"end\":\"")
    write(offer.end)
    if tailOf?.location != offer.location || tailOf?.staff != offer.staff || tailOf?.places != offer.places {
      tail = SlotsText.tail(of: offer)
      tailOf = offer
    }
    buffer.writeBytes(tail)
  }

  private mutating func write(_ instant: Instant) {
    text.removeAll(keepingCapacity: true)
    instants.append(instant, to: &text)
    buffer.writeBytes(text)
  }

  /// Slugs need no escape.
  private static func tail(of offer: Offer) -> [UInt8] {
    let staff = offer.staff.map { "\"\($0.text)\"" }.joined(separator: ",")
    return Array(
      "\",\"location\":\"\(offer.location.text)\",\"staff\":[\(staff)],\"places\":\(offer.places)}".utf8
    )
  }
}
