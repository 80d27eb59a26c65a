import Testing
import Vault

@testable import Audit

/// The well-known eight leaves of the Certificate Transparency reference tests.
struct MerkleTreeTests {
  private let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ].map { MerkleTree.leafHash(bytes($0)) }

  private let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func `roots are those of the reference tests`() {
    for size in 0...8 { #expect("\(MerkleTree.root(of: leaves.prefix(size)))" == roots[size]) }
  }

  @Test func `audit paths are those of the reference tests`() {
    let first = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
    let second = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
    let half = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
    let fourth = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    let last = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
    #expect(path(0, 8) == [first, second, half])
    #expect(path(5, 8) == [fourth, last, roots[4]])
    #expect(path(2, 3) == [roots[2]])
    #expect(path(1, 5) == [roots[1], second, fourth])
    #expect(path(0, 1) == [])
    #expect(path(1, 1) == nil)
  }

  @Test func `consistency proofs are those of the reference tests`() {
    let second = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
    #expect(proof(1, 1) == [])
    #expect(
      proof(1, 8) == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", second,
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    )
    #expect(
      proof(6, 8) == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", roots[4],
      ]
    )
    #expect(proof(2, 5) == [second, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"])
    #expect(proof(0, 8) == nil)
    #expect(proof(9, 8) == nil)
  }

  @Test func `every proof of every small tree holds, and holds for nothing else`() throws {
    let leaves = (0..<20).map { MerkleTree.leafHash([UInt8($0)]) }
    let roots = (0...20).map { MerkleTree.root(of: leaves.prefix($0)) }
    for size in 1...20 {
      let tree = Array(leaves.prefix(size))
      for index in 0..<size {
        let proof = try #require(MerkleTree.inclusionProof(of: index, in: tree))
        for other in 0..<size {
          let holds = MerkleTree.includes(
            leaves[index],
            at: other,
            size: size,
            proof: proof,
            root: roots[size]
          )
          #expect(holds == (other == index), "\(index) as \(other) of \(size)")
        }
        let longer = proof + [leaves[0]]
        #expect(!MerkleTree.includes(leaves[index], at: index, size: size, proof: longer, root: roots[size]))
      }
      for old in 1...size {
        let proof = try #require(MerkleTree.consistencyProof(from: old, in: tree))
        for other in 1...20 {
          let holds = MerkleTree.isConsistent(from: old, roots[other], to: size, roots[size], proof: proof)
          #expect(holds == (other == old), "\(other) as \(old) of \(size)")
        }
      }
    }
  }

  @Test func `a frontier grows as the whole tree does, and survives being stored`() throws {
    var frontier = MerkleFrontier()
    var leaves: [Hash32] = []
    #expect(frontier.root == MerkleTree.emptyRoot)
    for number in 0..<300 {
      let stored = try #require(MerkleFrontier(bytes: frontier.bytes))
      #expect(stored == frontier)
      frontier = stored
      let leaf = MerkleTree.leafHash(Array("\(number)".utf8))
      frontier.append(leaf)
      leaves.append(leaf)
      #expect(frontier.size == number + 1)
      #expect(frontier.hashes.count == frontier.size.nonzeroBitCount)
      if number % 7 == 0, let path = MerkleTree.inclusionProof(of: number, in: leaves) {
        #expect(
          MerkleTree.includes(leaf, at: number, size: number + 1, proof: path, root: frontier.root)
        )
      }
    }
    #expect(MerkleFrontier(bytes: []) == nil)
    #expect(MerkleFrontier(bytes: Array(frontier.bytes.dropLast())) == nil)
    #expect(MerkleFrontier(bytes: frontier.bytes + [0]) == nil)
  }

  private func path(_ index: Int, _ size: Int) -> [String]? {
    MerkleTree.inclusionProof(of: index, in: Array(leaves.prefix(size)))?.map(\.description)
  }

  private func proof(_ old: Int, _ size: Int) -> [String]? {
    MerkleTree.consistencyProof(from: old, in: Array(leaves.prefix(size)))?.map(\.description)
  }
}
