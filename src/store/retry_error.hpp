// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"

namespace phoihop::store {

/// The engine gave up this transaction in favour of another process's: a deadlock, or a snapshot that had become too
/// old. Nothing of it is kept; run again as a whole it may well go through.
class RetryError : public StoreError {
public:
    using StoreError::StoreError;
};

}  // namespace phoihop::store
